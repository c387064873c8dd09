package dev.mayfly.gateway;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * {@code 15:04:05.678 WARN Deployer: what happened}, then the stack of its cause, if it has one.
 */
final class PlainLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        LocalTime time =
                LocalTime.ofInstant(event.getInstant(), ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.MILLIS);
        String logger = event.getLoggerName();
        String line =
                time
                        + " "
                        + event.getLevel()
                        + " "
                        + logger.substring(logger.lastIndexOf('.') + 1)
                        + ": "
                        + event.getFormattedMessage()
                        + System.lineSeparator();
        return event.getThrowableProxy() == null
                ? line
                : line + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
}
