package dev.mayfly.gateway;

/** What answers the requests of the admin listener. */
@FunctionalInterface
public interface AdminHandler {
    /**
     * Answers a request. Called on a virtual thread of the request's own, which may block. What it
     * throws is logged and answered with 500.
     *
     * @param request the request
     * @return its answer
     */
    AdminAnswer answer(AdminRequest request);
}
