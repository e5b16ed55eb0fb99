package dev.wayleave.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.platform.PlatformAccess;
import dev.wayleave.policy.LeastScopes;
import dev.wayleave.policy.Policy;
import dev.wayleave.policy.Reach;
import dev.wayleave.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What callers may do with the tools of one platform, asked of the function that lists and guards them. */
public final class Explanation {
    private static final String TOOL = "tool";
    private static final String REASON = "reason";
    private final PlatformAccess access;
    private final List<String> notes;
    private final Policy policy;
    private final Reach reach;

    /**
     * For one platform.
     *
     * @param notes what to know beside the result, told with it
     */
    public Explanation(PlatformAccess access, List<String> notes) {
        this.access = access;
        this.notes = List.copyOf(notes);
        this.policy = new Policy(access.rules());
        this.reach = new Reach(access.rules());
    }

    /**
     * Each tool: yes, no, or never where no grant could reach it.
     *
     * @param chosen whether somebody asked for just these, so that a no is a finding
     */
    public Report tools(Caller caller, List<Tool> tools, boolean chosen) {
        List<List<String>> rows = new ArrayList<>();
        ObjectNode json = begun();
        ArrayNode array = json.putArray("tools");
        int allowed = 0;
        int never = 0;
        for (Tool tool : tools) {
            Verdict verdict = Verdict.of(policy, caller, tool);
            Optional<String> barred = verdict.isAllowed() ? Optional.empty() : reach.barred(tool);
            allowed += verdict.isAllowed() ? 1 : 0;
            never += barred.isPresent() ? 1 : 0;
            String reason = barred.map(Verdict::text).orElseGet(verdict::reason);
            String may = verdict.isAllowed() ? "yes" : barred.isPresent() ? "never" : "no";
            rows.add(List.of(tool.name(), may, Verdict.cell(verdict.missing()), reason));
            ObjectNode row = verdict.json().put(REASON, reason).put("reachable", barred.isEmpty());
            array.add(row);
        }
        json.putObject("totals")
                .put("tools", tools.size())
                .put("allowed", allowed)
                .put("unreachable", never);
        String totals = "%d of %d tools".formatted(allowed, tools.size())
                + (never == 0 ? "" : "; no grant could reach " + never + " of the others");
        return report(
                List.of(TOOL, "may", "missing", REASON), rows, List.of(totals), json, chosen && allowed < tools.size());
    }

    /**
     * The tools that the second caller has and the first has not, and the other way round, which is a finding. The table has
     * the reason of the refusal, JSON has both.
     */
    public Report difference(Caller before, Caller after) {
        List<List<String>> rows = new ArrayList<>();
        ObjectNode json = begun();
        ArrayNode array = json.putArray("tools");
        int gained = 0;
        int lost = 0;
        for (Tool tool : access.catalog().tools()) {
            Verdict a = Verdict.of(policy, before, tool);
            Verdict b = Verdict.of(policy, after, tool);
            if (a.isAllowed() == b.isAllowed()) {
                continue;
            }
            Verdict no = a.isAllowed() ? b : a;
            String change = a.isAllowed() ? "lost" : "gained";
            gained += b.isAllowed() ? 1 : 0;
            lost += a.isAllowed() ? 1 : 0;
            rows.add(List.of(tool.name(), change, Verdict.cell(no.missing()), no.reason()));
            ObjectNode row = a.named().put("change", change);
            row.set("before", side(a));
            row.set("after", side(b));
            array.add(row);
        }
        int same = access.catalog().tools().size() - gained - lost;
        json.putObject("totals").put("gained", gained).put("lost", lost).put("same", same);
        return report(
                List.of(TOOL, "change", "missing", REASON),
                rows,
                List.of("gained " + gained + ", lost " + lost + ", same " + same),
                json,
                gained + lost > 0);
    }

    /**
     * The fewest scopes for some tools; a finding where they are not enough, because something else forbids one.
     *
     * @param holder the caller with just these scopes
     */
    public Report least(List<Tool> tools, Function<List<String>, Caller> holder) {
        LeastScopes least = LeastScopes.of(
                tools.stream().map(Tool::scopes).toList(), access.rules().scopes());
        Caller caller = holder.apply(List.copyOf(least.scopes()));
        Report held = tools(caller, tools, true);
        ObjectNode json = held.json();
        json.set("scopes", Verdict.texts(least.scopes()));
        json.put("smallest", least.exact());
        String scopes = "scopes: " + Verdict.cell(least.scopes());
        List<String> below = Stream.of(
                        scopes,
                        least.exact()
                                ? "no fewer would do"
                                : "the search was given up, so that fewer might do; ask for fewer tools at once",
                        held.finding() ? "they are not enough for every tool: see the reasons" : null)
                .filter(Objects::nonNull)
                .toList();
        return new Report(
                held.head(),
                held.rows(),
                Optional.empty(),
                Stream.concat(below.stream(), held.below().stream()).toList(),
                json,
                held.finding());
    }

    private static ObjectNode side(Verdict verdict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(REASON, verdict.reason());
        json.set("missing", Verdict.texts(verdict.missing()));
        return json;
    }

    private ObjectNode begun() {
        return JsonNodeFactory.instance.objectNode().put("platform", access.name());
    }

    private Report report(
            List<String> head, List<List<String>> rows, List<String> totals, ObjectNode json, boolean finding) {
        json.set("notes", Verdict.texts(notes));
        List<String> told = notes.stream().map(note -> "Note: " + note).toList();
        return new Report(
                head,
                rows,
                Optional.empty(),
                Stream.concat(totals.stream(), told.stream()).toList(),
                json,
                finding);
    }
}
