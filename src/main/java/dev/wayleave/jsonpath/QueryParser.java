package dev.wayleave.jsonpath;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads queries: segments and the selectors in them (RFC 9535 §2.2, §2.3, §2.5). */
final class QueryParser {
    private final Scanner scanner;
    private final Literals literals;

    QueryParser(Scanner scanner) {
        this.scanner = scanner;
        this.literals = new Literals(scanner);
    }

    Query root() throws InvalidJsonPathException {
        scanner.expect("$");
        return new Query(false, segments());
    }

    Query relative() throws InvalidJsonPathException {
        scanner.expect("@");
        return new Query(true, segments());
    }

    private List<Segment> segments() throws InvalidJsonPathException {
        List<Segment> segments = new ArrayList<>();
        while (true) {
            int before = scanner.position();
            scanner.skipBlanks();
            Segment segment = segment();
            if (segment == null) {
                scanner.back(before);
                return segments;
            }
            segments.add(segment);
        }
    }

    private @Nullable Segment segment() throws InvalidJsonPathException {
        if (scanner.take("..")) {
            return new Segment(true, scanner.peek() == '[' ? bracketed() : List.of(shorthand()));
        }
        if (scanner.take(".")) {
            return new Segment(false, List.of(shorthand()));
        }
        return scanner.peek() == '[' ? new Segment(false, bracketed()) : null;
    }

    private Selector shorthand() throws InvalidJsonPathException {
        if (scanner.take("*")) {
            return new Selector.Wildcard();
        }
        int start = scanner.position();
        if (!isNameStart(scanner.peek())) {
            throw scanner.refused("a name or `*` is expected");
        }
        while (isNameStart(scanner.peek()) || Literals.isDigit(scanner.peek())) {
            char c = scanner.next();
            if (Character.isHighSurrogate(c)
                    ? !Character.isLowSurrogate(scanner.next())
                    : Character.isLowSurrogate(c)) {
                throw scanner.refused("half a surrogate pair stands in the name");
            }
        }
        return new Selector.Name(scanner.from(start));
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= '\u0080';
    }

    private List<Selector> bracketed() throws InvalidJsonPathException {
        scanner.enter();
        scanner.expect("[");
        List<Selector> selectors = new ArrayList<>();
        do {
            scanner.skipBlanks();
            selectors.add(selector());
            scanner.skipBlanks();
        } while (scanner.take(","));
        scanner.expect("]");
        scanner.leave();
        return selectors;
    }

    private Selector selector() throws InvalidJsonPathException {
        if (scanner.take("*")) {
            return new Selector.Wildcard();
        }
        if (scanner.take("?")) {
            scanner.skipBlanks();
            return new Selector.Filter(new ConditionParser(scanner, this, literals).condition());
        }
        if (scanner.peek() == '"' || scanner.peek() == '\'') {
            return new Selector.Name(literals.string());
        }
        Long start = bound();
        int before = scanner.position();
        scanner.skipBlanks();
        if (scanner.take(":")) {
            return slice(start);
        }
        scanner.back(before);
        if (start == null) {
            throw scanner.refused("a name in quotes, an index, a slice, `*` or a filter is expected");
        }
        return new Selector.Index(start);
    }

    private Selector slice(@Nullable Long start) throws InvalidJsonPathException {
        scanner.skipBlanks();
        Long end = bound();
        int before = scanner.position();
        scanner.skipBlanks();
        if (!scanner.take(":")) {
            scanner.back(before);
            return new Selector.Slice(start, end, 1);
        }
        scanner.skipBlanks();
        Long step = bound();
        return new Selector.Slice(start, end, step == null ? 1 : step);
    }

    private @Nullable Long bound() throws InvalidJsonPathException {
        return literals.startsInteger() ? literals.integer() : null;
    }
}
