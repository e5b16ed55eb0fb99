package dev.wayleave.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a platform's text what a model reads and people do not see: ANSI escapes, controls other than newline and
 * tab, bidirectional controls, zero-width spaces, tags and runs of variation selectors. Joiners stay, because languages and
 * emoji are written with them.
 */
final class HiddenCharacters {
    private static final Pattern HIDDEN = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]"
            + "|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)"
            + "|[\\p{Cc}&&[^\n\t]]"
            + "|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
            + "|[\\x{e0000}-\\x{e007f}\\x{e0100}-\\x{e01ef}]"
            + "|[\ufe00-\ufe0f]{2,}");

    private HiddenCharacters() {}

    static Content.Text without(String text) {
        Matcher hidden = HIDDEN.matcher(text.replace("\r\n", "\n"));
        StringBuilder visible = new StringBuilder(text.length());
        int count = 0;
        while (hidden.find()) {
            hidden.appendReplacement(visible, "");
            count += hidden.group().codePointCount(0, hidden.group().length());
        }
        hidden.appendTail(visible);
        return new Content.Text(visible.toString(), count);
    }
}
