package dev.wayleave.call;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * A regular expression of a description, matched in a bounded number of steps: the JDK's matcher backtracks, and some
 * expressions would keep it busy for hours with a text of a few thousand characters.
 */
final class BoundedPattern implements RegularExpression {
    /** Looks at a character; about a tenth of a second's worth. */
    private static final int STEPS = 10_000_000;

    private final Pattern pattern;

    BoundedPattern(String expression) {
        this.pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(expression)));
    }

    /** Nobody knows whether the text matches; whoever asks must not go on as if it did, or did not. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    @Override
    public boolean matches(String text) {
        return pattern.matcher(new Counted(text)).find();
    }

    /** A text that can be looked at so often. */
    private static final class Counted implements CharSequence {
        private final CharSequence text;
        private int left = STEPS;

        Counted(CharSequence text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
