package dev.mayfly.load;

import java.util.List;

/** Somebody who reads orders and writes answers. */
interface Contestant {
    /** What its figures are called. */
    String name();

    /**
     * Begins: the oldest order first, as a consumer group of its own. Returns when it is a member
     * and has all partitions.
     *
     * @param inputs topics of orders
     * @param output topic of answers
     * @param group consumer group, new
     * @return ends it: what is done is committed then
     * @throws Exception when it cannot begin
     */
    AutoCloseable begin(List<String> inputs, String output, String group) throws Exception;
}
