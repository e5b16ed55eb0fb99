package dev.wayleave.tool;

import java.util.ArrayList;
import java.util.List;

/**
 * An argument, or a part of one.
 *
 * @param argument its name
 * @param steps from it to the part; none for the argument itself
 */
public record ArgumentPath(String argument, List<Step> steps) {
    public ArgumentPath {
        steps = List.copyOf(steps);
    }

    /** One step into a value. */
    public sealed interface Step {
        /** To a member of an object. */
        record Member(String name) implements Step {}

        /** To each element of an array. */
        record Each() implements Step {}
    }

    ArgumentPath to(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new ArgumentPath(argument, longer);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(argument);
        for (Step step : steps) {
            text.append(
                    switch (step) {
                        case Step.Member member -> "/" + member.name();
                        case Step.Each each -> "/*";
                    });
        }
        return text.toString();
    }
}
