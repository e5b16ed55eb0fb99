package dev.wayleave.tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes a long snake_case name short, one step after another and no further than needed: what everyone abbreviates, a
 * tag in front, repeated words, words that only fill; at last words from the middle, for what is done stands first and
 * what it is done to last.
 */
final class ShortName {
    private static final Map<String, String> ABBREVIATIONS = abbreviations("""
            organization org, organizations orgs, repository repo, repositories repos, configuration config,
            configurations configs, application app, applications apps, administrator admin, administrators admins,
            environment env, environments envs, information info, parameter param, parameters params,
            database db, databases dbs, documentation docs, authentication auth, identifier id, identifiers ids,
            definition def, definitions defs, properties props, permission perm, permissions perms,
            message msg, messages msgs, number num, statistics stats, specification spec, reference ref,
            references refs, certificate cert, certificates certs, attribute attr, attributes attrs,
            management mgmt, maximum max, minimum min, directory dir, directories dirs, temporary temp,
            development dev, production prod, image img, images imgs, namespace ns, kubernetes k8s,
            vulnerability vuln, vulnerabilities vulns, synchronize sync, synchronization sync""");

    private static final Set<String> FILLERS = Set.of("a", "an", "the", "for", "of", "in", "on", "with");
    private static final Set<String> WEAK =
            Set.of("controller", "endpoint", "api", "all", "given", "specified", "specific", "existing", "single");

    private ShortName() {}

    /**
     * The name, if it is too long a shorter one.
     *
     * @param tags the operation's, any of which the name may begin with
     */
    static String of(String name, List<String> tags, int length) {
        List<UnaryOperator<List<String>>> steps = List.of(
                ShortName::abbreviated,
                ShortName::withoutRepeatedStart,
                words -> without(FILLERS, words),
                words -> without(WEAK, words),
                words -> withoutTag(words, tags));
        List<String> words = List.of(name.split("_", -1));
        for (UnaryOperator<List<String>> step : steps) {
            if (String.join("_", words).length() <= length) {
                break;
            }
            List<String> fewer = step.apply(words);
            boolean aName =
                    fewer.size() > 1 && !Character.isDigit(fewer.getFirst().charAt(0));
            words = aName ? fewer : words;
        }
        return cut(String.join("_", words), length);
    }

    /** As many first words as fit beside the last one; of a single long word as many letters. */
    static String cut(String name, int length) {
        if (name.length() <= length) {
            return name;
        }
        int last = name.lastIndexOf('_');
        int left = length - (name.length() - last);
        int end = last < 0 || left < 1 ? -1 : name.lastIndexOf('_', left);
        if (end > 0) {
            return name.substring(0, end) + name.substring(last);
        }
        String head = name.substring(0, length);
        return head.endsWith("_") ? head.substring(0, length - 1) : head;
    }

    /** The first word, and as many last ones as fit beside it. */
    static String ending(String name, int length) {
        List<String> words = abbreviated(List.of(name.split("_", -1)));
        String kept = "";
        for (String word : words.subList(1, words.size()).reversed()) {
            if (words.getFirst().length() + 1 + word.length() + kept.length() > length) {
                break;
            }
            kept = "_" + word + kept;
        }
        return cut(words.getFirst() + kept, length);
    }

    private static List<String> abbreviated(List<String> words) {
        return List.of(String.join(
                        "_",
                        words.stream()
                                .map(word -> ABBREVIATIONS.getOrDefault(word, word))
                                .toList())
                .replace("create_or_update", "upsert")
                .replace("authenticated_user", "me")
                .replace("current_user", "me")
                .split("_", -1));
    }

    /** {@code orgs_get_org} becomes {@code get_org}, {@code list_list_pets} {@code list_pets}. */
    private static List<String> withoutRepeatedStart(List<String> words) {
        List<String> rest = words.subList(1, words.size());
        return rest.stream().anyMatch(word -> sameThing(word, words.getFirst())) ? rest : words;
    }

    private static List<String> without(Set<String> idle, List<String> words) {
        List<String> kept = new ArrayList<>();
        for (String word : words) {
            boolean again = !kept.isEmpty() && kept.getLast().equals(word);
            if (!again && !idle.contains(word)) {
                kept.add(word);
            }
        }
        return kept;
    }

    private static List<String> withoutTag(List<String> words, List<String> tags) {
        Set<List<String>> known = new HashSet<>();
        tags.forEach(tag -> known.add(abbreviated(List.of(Snake.of(tag).split("_", -1)))));
        for (int n = words.size() - 2; n > 0; n--) {
            if (known.contains(abbreviated(words.subList(0, n)))) {
                return words.subList(n, words.size());
            }
        }
        return words;
    }

    private static boolean sameThing(String one, String other) {
        return one.equals(other) || one.equals(other + "s") || other.equals(one + "s");
    }

    private static Map<String, String> abbreviations(String pairs) {
        Map<String, String> table = new HashMap<>();
        for (String pair : pairs.split(",\\s*", -1)) {
            String[] words = pair.strip().split(" ", -1);
            table.put(words[0], words[1]);
        }
        return table;
    }
}
