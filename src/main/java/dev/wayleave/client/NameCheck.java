package dev.wayleave.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Checks on what tools and arguments are called. */
final class NameCheck {
    private NameCheck() {}

    static Check matches(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return offer -> offer.where(tool -> !pattern.matcher(tool.name()).matches());
    }

    /** With the client's own prefix. */
    static Check fullLength(int most) {
        return offer -> offer.where(tool -> offer.fullName(tool).length() > most);
    }

    static Check arguments(String expression) {
        Pattern pattern = Pattern.compile(expression);
        return offer -> {
            List<String> failures = new ArrayList<>();
            for (ListedTool tool : offer.tools()) {
                Iterator<String> names =
                        tool.tool().inputSchema().path("properties").fieldNames();
                names.forEachRemaining(name -> {
                    if (!pattern.matcher(name).matches()) {
                        failures.add(tool.name() + "." + name);
                    }
                });
            }
            return failures;
        };
    }
}
