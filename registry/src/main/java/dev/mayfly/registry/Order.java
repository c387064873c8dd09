package dev.mayfly.registry;

/**
 * A change of an app that is wanted.
 *
 * @param app which
 * @param action for the audit log
 * @param intent who, and under which conditions
 * @param request a hash of all that was asked, to know it again
 */
record Order(String app, String action, Intent intent, String request) {}
