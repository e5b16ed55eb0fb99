package dev.wayleave.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/** Pages for people: a template of ours, values escaped, and headers under which nothing foreign loads, frames or runs. */
final class Page {
    private final String template;
    private final String style;

    private Page(String template, String style) {
        this.template = template;
        this.style = style;
    }

    static Page load(String template) throws IOException {
        return new Page(resource(template), resource("page.css"));
    }

    /**
     * Fills the template in.
     *
     * @param values already HTML, see {@link #escape}
     * @param formTarget what may receive the form beside this server, as a CSP source; empty for nothing
     */
    Answer answer(int status, Map<String, String> values, String formTarget) {
        String html = template.replace("{{style}}", style);
        for (Map.Entry<String, String> value : values.entrySet()) {
            html = html.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        // same-origin, because under no-referrer a browser would send the form with Origin: null.
        return new Answer(
                status,
                html,
                Map.of(
                        "Content-Type",
                        "text/html; charset=utf-8",
                        "Cache-Control",
                        "no-store",
                        "Referrer-Policy",
                        "same-origin",
                        "X-Frame-Options",
                        "DENY",
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'sha256-" + hash(style) + "'; base-uri 'none';"
                                + " frame-ancestors 'none'; form-action 'self' " + formTarget));
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                // A brace could complete a place of the template that is filled in later.
                case '{' -> escaped.append("&#123;");
                default -> {
                    // Signs that turn the direction of text could make a name read as another.
                    if (Character.getType(c) != Character.FORMAT && !Character.isISOControl(c)) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String hash(String text) {
        return Base64.getEncoder().encodeToString(DigestUtils.sha256(text));
    }
}
