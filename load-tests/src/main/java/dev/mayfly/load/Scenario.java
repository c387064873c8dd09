package dev.mayfly.load;

/** Something to measure. */
interface Scenario {
    /** What it is called on the command line. */
    String name();

    /** What it measures, for the usage. */
    String summary();

    /**
     * Measures; takes minutes.
     *
     * @throws Exception when a part of the measurement fails: a figure is never made up
     */
    void measure(Checkout checkout, Effort effort, Figures figures) throws Exception;
}
