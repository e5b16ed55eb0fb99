package dev.wayleave.jsonpath;

/** The characters of an expression, and how far they were read. */
final class Scanner {
    private static final int DEEPEST = 32;
    private final String text;
    private int at;
    private int depth;

    Scanner(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    int position() {
        return at;
    }

    /** The next character, or NUL at the end. */
    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    char next() {
        char c = peek();
        at++;
        return c;
    }

    /** Reads that text where it is next. */
    boolean take(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    void expect(String expected) throws InvalidJsonPathException {
        if (!take(expected)) {
            throw refused("`" + expected + "` is expected");
        }
    }

    /** RFC 9535's blank space, which is not all of Unicode's. */
    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    void back(int position) {
        at = position;
    }

    String from(int start) {
        return text.substring(start, at);
    }

    /** Goes one level deeper, as far as that is allowed. */
    void enter() throws InvalidJsonPathException {
        if (++depth > DEEPEST) {
            throw refused("it is nested deeper than " + DEEPEST + " levels");
        }
    }

    void leave() {
        depth--;
    }

    InvalidJsonPathException refused(String why) {
        return new InvalidJsonPathException(why + ", at character " + (Math.min(at, text.length()) + 1));
    }
}
