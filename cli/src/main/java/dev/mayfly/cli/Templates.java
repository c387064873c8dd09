package dev.mayfly.cli;

import java.io.IOException;
import java.util.List;

/** The built-in templates. */
interface Templates {
    /** {@return their names, in order} */
    List<String> names() throws IOException;

    /**
     * {@return one of them, whole}
     *
     * @param name one of {@link #names()}
     */
    Template open(String name) throws IOException;

    /**
     * {@return those of this program; of one that is started from a checkout its sdk-templates/ as
     * they are there, so that a change to one needs no build of the program}
     */
    static Templates ofProgram() {
        return CheckoutTemplates.find().map(Templates.class::cast).orElseGet(PackedTemplates::new);
    }
}
