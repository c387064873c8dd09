package dev.mayfly.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the API's document says of a member, and what it holds callers to. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Said {
    /** In JSON, where Java does not allow the name. */
    String name() default "";

    /** For people. */
    String value() default "";

    /** What a text must match whole, or each key of a table, or each text of a list. */
    String pattern() default "";

    /** Characters of a text. */
    int longest() default ApiLimits.LONGEST_TEXT;

    /** Of a number, or of each number of a table. */
    long least() default 0;

    /** Likewise. */
    long most() default Long.MAX_VALUE;
}
