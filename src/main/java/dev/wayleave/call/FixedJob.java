package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Ask;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.Work;
import java.util.List;
import java.util.Map;

/** A text with what the caller's token and the configuration say in its places; nobody is asked for anything. */
final class FixedJob implements Job {
    private static final int NOBODY_ASKED = 0;
    private final Work.Fixed fixed;
    private final Map<String, String> constants;
    private final ArgumentCheck check;

    FixedJob(Tool tool, Work.Fixed fixed, Map<String, String> constants) {
        this.fixed = fixed;
        this.constants = constants;
        this.check = new ArgumentCheck(tool, arguments -> false);
    }

    @Override
    public Prepared prepare(ObjectNode arguments, Caller caller) {
        try {
            return switch (check.check(arguments, caller)) {
                case ArgumentCheck.Checked.Unfit unfit -> new Prepared.Unfit(unfit.problems());
                case ArgumentCheck.Checked.Fit fit -> new Prepared.Ready(fit.arguments(), fit.notes(), this::tell);
            };
        } catch (UnfitArgument e) {
            return new Prepared.Unfit(List.of("argument " + e.reason()));
        }
    }

    private ToolResult tell(ToolCall call) {
        String text = fixed.text().filled(name -> AskWords.brief(value(name, call)));
        return new ToolResult.Answer(
                NOBODY_ASKED, List.of(new Content.Text(ResultMapper.masked(call.caller(), text), 0)), null, false);
    }

    private String value(String name, ToolCall call) {
        if (!Ask.answer(name).isEmpty()) {
            return AskWords.answer(name, call.inputs().answers());
        }
        String claim = Work.Fixed.claim(name);
        return claim == null
                ? constants.getOrDefault(Work.Fixed.constant(name), "")
                : call.caller().claim(claim).map(String::valueOf).orElse("");
    }
}
