package dev.mayfly.gateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * What people who run the server read on standard error: warnings and errors. Requests and guests
 * have a log of their own.
 *
 * <p>Logback finds this class by itself. As code it costs a tenth of what the same costs as a
 * logback.xml, half a second of CPU at each start without an AOT cache. A file that {@code
 * -Dlogback.configurationFile} names is used in its place.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    /** Made by logback. */
    public LogConfiguration() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(standardError(context));
        // What a client does wrong is told to the client; these two would tell it here, with a
        // stack.
        context.getLogger("io.netty").setLevel(Level.OFF);
        context.getLogger("io.vertx").setLevel(Level.OFF);
        // Kafka's clients warn at each attempt to reach a broker that is away, and a broker in this
        // process tells its life's story; what matters is told by the health page and the journal.
        for (String name : List.of("org.apache.kafka", "kafka", "state.change.logger")) {
            context.getLogger(name).setLevel(Level.ERROR);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
        PlainLayout layout = new PlainLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
