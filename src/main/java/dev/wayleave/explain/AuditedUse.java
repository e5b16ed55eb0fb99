package dev.wayleave.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wayleave.audit.RecordedCall;
import dev.wayleave.policy.ScopeRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What calls of the past have used of the scopes behind them: by group, and by client for callers without one. A call of a
 * caller with several groups counts for each of them. Keeps so many names, and counts the calls whose it could not keep.
 */
public final class AuditedUse implements Consumer<RecordedCall> {
    private static final int MOST_NAMES = 200_000;
    private final ScopeRules rules;
    private final Map<Holder, Use> uses = new TreeMap<>();
    private int names;
    private long beyond;

    /**
     * Nothing yet.
     *
     * @param rules which held scopes stand for which needed ones
     */
    public AuditedUse(ScopeRules rules) {
        this.rules = rules;
    }

    /** Whose scopes they were; a client without a name is one, too. */
    private record Holder(String platform, boolean group, String name) implements Comparable<Holder> {
        private static final Comparator<Holder> ORDER = Comparator.comparing(Holder::platform)
                .thenComparing(holder -> !holder.group())
                .thenComparing(Holder::name);

        @Override
        public int compareTo(Holder other) {
            return ORDER.compare(this, other);
        }

        String told() {
            return Verdict.text((group ? "group " : "client ") + (name.isEmpty() ? "(none)" : name));
        }
    }

    private static final class Use {
        private final Set<String> granted = new TreeSet<>();
        private final Set<String> needed = new TreeSet<>();
        private final Set<String> tools = new TreeSet<>();
        private long allowed;
        private long denied;
    }

    @Override
    public void accept(RecordedCall call) {
        if (call.groups().isEmpty()) {
            String client = call.client();
            count(new Holder(call.platform(), false, client == null ? "" : client), call);
        }
        for (String group : call.groups()) {
            count(new Holder(call.platform(), true, group), call);
        }
    }

    private void count(Holder holder, RecordedCall call) {
        Use use = uses.get(holder);
        if (names + call.scopes().size() + call.needed().size() + 2 > MOST_NAMES) {
            beyond++;
            return;
        }
        if (use == null) {
            use = new Use();
            uses.put(holder, use);
            names++;
        }
        names += added(use.granted, call.scopes());
        String tool = call.tool();
        if (call.allowed() && tool != null) {
            use.allowed++;
            names += added(use.needed, call.needed()) + added(use.tools, Set.of(tool));
        } else {
            use.denied++;
        }
    }

    private static int added(Set<String> set, Collection<String> more) {
        int before = set.size();
        set.addAll(more);
        return set.size() - before;
    }

    /** What came of it; scopes that were granted and never needed are a finding. */
    public Report report(RecordedCall.Lines lines) {
        List<List<String>> rows = new ArrayList<>();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("callers");
        boolean finding = false;
        for (Map.Entry<Holder, Use> entry : uses.entrySet()) {
            Holder holder = entry.getKey();
            Use use = entry.getValue();
            List<String> unused = unused(use);
            finding |= !unused.isEmpty();
            rows.add(List.of(
                    Verdict.text(holder.platform()),
                    holder.told(),
                    String.valueOf(use.allowed),
                    String.valueOf(use.denied),
                    Verdict.text(Verdict.cell(unused)),
                    Verdict.text(Verdict.cell(use.tools))));
            array.add(json(holder, use, unused));
        }
        json.putObject("lines")
                .put("read", lines.read())
                .put("unusable", lines.unusable())
                .put("beyond", beyond);
        List<String> below = new ArrayList<>();
        below.add(lines.read() + " lines, of which " + lines.unusable() + " could not be used");
        if (beyond > 0) {
            below.add(beyond + " calls had more names than are kept: what is told is not all");
        }
        return new Report(
                List.of("platform", "callers", "allowed", "denied", "never needed", "tools used"),
                rows,
                uses.isEmpty() ? Optional.empty() : Optional.of(yaml()),
                below,
                json,
                finding);
    }

    /** Held scopes that stand for none of the needed ones. */
    private List<String> unused(Use use) {
        return use.granted.stream()
                .filter(held -> rules.missing(use.needed, Set.of(held)).size() == use.needed.size())
                .toList();
    }

    private static ObjectNode json(Holder holder, Use use, List<String> unused) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("platform", holder.platform());
        json.put(holder.group() ? "group" : "client", holder.name());
        json.put("allowed", use.allowed).put("denied", use.denied);
        json.set("granted", Verdict.texts(use.granted));
        json.set("unused", Verdict.texts(unused));
        ObjectNode grant = json.putObject("grant");
        grant.set("tools", Verdict.texts(use.tools));
        grant.set("scopes", Verdict.texts(use.needed));
        return json;
    }

    /** The grants that would have served; clients, which cannot be granted anything here, in comments. */
    private String yaml() {
        StringBuilder text = new StringBuilder();
        String platform = null;
        for (Map.Entry<Holder, Use> entry : uses.entrySet()) {
            Holder holder = entry.getKey();
            Use use = entry.getValue();
            if (!holder.platform().equals(platform)) {
                platform = holder.platform();
                text.append("# wayleave.platforms.")
                        .append(Verdict.text(platform))
                        .append(".access.groups.grants\n");
            }
            if (use.tools.isEmpty()) {
                text.append("# ").append(holder.told()).append(" used nothing\n");
            } else if (holder.group()) {
                text.append(quoted(holder.name())).append(":\n");
                text.append("  tools: ").append(list(use.tools)).append('\n');
                text.append("  scopes: ").append(list(use.needed)).append('\n');
            } else {
                text.append("# ")
                        .append(holder.told())
                        .append(": ")
                        .append(list(use.needed))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String list(Set<String> texts) {
        return texts.stream().map(AuditedUse::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** As JSON has it, which YAML understands, in ASCII. */
    private static String quoted(String text) {
        return TextNode.valueOf(text)
                .toString()
                .chars()
                .mapToObj(c -> c < 0x7f ? Character.toString(c) : "\\u%04x".formatted(c))
                .collect(Collectors.joining());
    }
}
