package dev.mayfly.server;

import java.time.Instant;

/**
 * A gateway, and how far it has come.
 *
 * @param id its own, new at each start
 * @param name of its machine, for people
 * @param address where requests come in
 * @param admin URL of its admin API for the other gateways; empty where it does not say
 * @param applied number of the last change it has made its own
 * @param seenAt when it last said so, by the database's clock
 */
record GatewayPlace(
        String id, String name, String address, String admin, long applied, Instant seenAt) {
    /** {@return what it is read by: its address, which outlives a restart, where it says one} */
    String key() {
        return admin.isEmpty() ? id : admin;
    }

    /** {@return what people know it by} */
    String told() {
        return name + " (" + admin + ")";
    }
}
