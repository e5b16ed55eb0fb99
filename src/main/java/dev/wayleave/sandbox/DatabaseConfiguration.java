package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an owner sets on a database.
 *
 * @param sizeLimit such as {@code 256mb}; null for the sandbox's own bound
 * @param allowedIps addresses and CIDR blocks from which SQL is accepted; empty for all
 * @param allowedAwsVpcIds kept and shown; there is no VPC here for them to act on
 */
record DatabaseConfiguration(
        @Nullable String sizeLimit,
        boolean blockReads,
        boolean blockWrites,
        boolean deleteProtection,
        List<String> allowedIps,
        List<String> allowedAwsVpcIds) {
    static final Set<String> FIELDS = Set.of(
            "size_limit", "block_reads", "block_writes", "delete_protection", "allowed_ips", "allowed_aws_vpc_ids");
    private static final long LARGEST = 256L << 20;
    private static final int LONGEST_LIST = 50;
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,11})(b|kb|mb|gb)?");
    private static final Pattern VPC = Pattern.compile("vpce-[0-9a-f]{8,17}");

    DatabaseConfiguration {
        allowedIps = List.copyOf(allowedIps);
        allowedAwsVpcIds = List.copyOf(allowedAwsVpcIds);
    }

    static DatabaseConfiguration initial(@Nullable String sizeLimit) {
        return new DatabaseConfiguration(checkedSize(sizeLimit), false, false, false, List.of(), List.of());
    }

    /** This one with what the fields give; a field that is absent changes nothing, an empty list clears. */
    DatabaseConfiguration patched(JsonFields fields) {
        String size = fields.optionalText("size_limit");
        return new DatabaseConfiguration(
                size == null ? sizeLimit : checkedSize(size),
                or(fields.optionalFlag("block_reads"), blockReads),
                or(fields.optionalFlag("block_writes"), blockWrites),
                or(fields.optionalFlag("delete_protection"), deleteProtection),
                or(addresses(fields), allowedIps),
                or(vpcs(fields), allowedAwsVpcIds));
    }

    /** How large the file may grow; never more than the sandbox's own bound of 256 MiB. */
    long sizeLimitBytes() {
        Matcher size = SIZE.matcher(sizeLimit == null ? "" : sizeLimit);
        if (!size.matches()) {
            return LARGEST;
        }
        int shift = switch (size.group(2)) {
            case "kb" -> 10;
            case "mb" -> 20;
            case "gb" -> 30;
            case null, default -> 0;
        };
        long number = Long.parseLong(size.group(1));
        return number > (LARGEST >> shift) ? LARGEST : number << shift;
    }

    ObjectNode json() {
        ObjectNode json = StrictJson.object()
                .put("size_limit", sizeLimit == null ? Long.toString(LARGEST) : sizeLimit)
                .put("block_reads", blockReads)
                .put("block_writes", blockWrites)
                .put("delete_protection", deleteProtection);
        allowedIps.forEach(json.putArray("allowed_ips")::add);
        allowedAwsVpcIds.forEach(json.putArray("allowed_aws_vpc_ids")::add);
        return json;
    }

    private static @Nullable String checkedSize(@Nullable String size) {
        if (size != null && !SIZE.matcher(size).matches()) {
            throw Refused.badRequest("size_limit must be a number of bytes, or one with a unit such as 256mb");
        }
        return size;
    }

    private static @Nullable List<String> addresses(JsonFields fields) {
        List<String> addresses = fields.optionalTexts("allowed_ips", LONGEST_LIST);
        if (addresses != null) {
            addresses.forEach(AddressRange::parse);
        }
        return addresses;
    }

    private static @Nullable List<String> vpcs(JsonFields fields) {
        List<String> vpcs = fields.optionalTexts("allowed_aws_vpc_ids", LONGEST_LIST);
        if (vpcs != null && !vpcs.stream().allMatch(vpc -> VPC.matcher(vpc).matches())) {
            throw Refused.badRequest("allowed_aws_vpc_ids must hold ids such as vpce-0fe6c8807461bba49");
        }
        return vpcs;
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
