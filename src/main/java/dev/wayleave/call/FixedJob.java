package dev.wayleave.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.caller.Caller;
import dev.wayleave.tool.Tool;
import dev.wayleave.tool.VisibleText;
import dev.wayleave.tool.Work;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A text with what the caller's token and the configuration say in its places; nobody is asked for anything. */
final class FixedJob implements Job {
    private static final int NOBODY_ASKED = 0;
    private static final int LONGEST_VALUE = 256;

    /** What could make more than words of a value, in Markdown or HTML. */
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*<>|#!{}\\[\\]]");

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
        String text = fixed.text().filled(name -> plain(value(name, call.caller())));
        return new ToolResult.Answer(
                NOBODY_ASKED, List.of(new Content.Text(ResultMapper.masked(call.caller(), text), 0)), null, false);
    }

    private String value(String name, Caller caller) {
        String claim = Work.Fixed.claim(name);
        return claim == null
                ? constants.getOrDefault(Work.Fixed.constant(name), "")
                : caller.claim(claim).map(String::valueOf).orElse("");
    }

    /** One line, of which nothing is markup. */
    private static String plain(String value) {
        String line = VisibleText.of(value.replaceAll("\\s+", " "), LONGEST_VALUE);
        return MARKUP.matcher(line).replaceAll("\\\\$0");
    }
}
