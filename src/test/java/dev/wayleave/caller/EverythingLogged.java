package dev.wayleave.caller;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps what anybody logs at any level, and nothing of it reaches the console, until it is closed. */
final class EverythingLogged implements AutoCloseable {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final Level level = ROOT.getLevel();

    EverythingLogged() {
        ROOT.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(ROOT::detachAppender);
        log.start();
        ROOT.addAppender(log);
        ROOT.setLevel(Level.TRACE);
        ROOT.getLoggerContext().getLogger("dev.wayleave").setLevel(null);
    }

    List<ILoggingEvent> events() {
        return List.copyOf(log.list);
    }

    /** Messages and stack traces, one to a line. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : events()) {
            text.append(event.getFormattedMessage()).append('\n');
            if (event.getThrowableProxy() != null) {
                text.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        ROOT.setLevel(level);
        ROOT.detachAppender(log);
        others.forEach(ROOT::addAppender);
    }
}
