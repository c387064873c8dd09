package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.RouteRow;
import dev.mayfly.gateway.ServerSettings.Address;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouteListingTest {
    private static final List<RouteRow> ROUTES =
            List.of(
                    new RouteRow("shop", "*", "GET, POST", "/orders", "orders"),
                    new RouteRow("shop", "shop.test", "*", "/...", "static 404"));

    @Test
    void routesAreATableOfUrls() {
        assertThat(listed(new Address("127.0.0.1", 8080)))
                .isEqualTo(
                        """
                          http://127.0.0.1:8080/orders  GET, POST  orders
                          http://shop.test:8080/...     any        static 404
                        listening on http://127.0.0.1:8080
                        """);
    }

    @Test
    void everyAddressIsShownAsOneThatCanBeTried() {
        assertThat(listed(new Address("0.0.0.0", 80))).contains("on http://localhost:80\n");
        assertThat(listed(new Address("::", 80))).contains("on http://localhost:80\n");
        assertThat(listed(new Address("::1", 80))).contains("on http://[::1]:80\n");
    }

    @Test
    void anAppWithoutRoutesHasNoTable() {
        StringWriter out = new StringWriter();
        listing(new Address("127.0.0.1", 1), out).print(List.of());

        assertThat(out.toString()).isEmpty();
    }

    private static String listed(Address address) {
        StringWriter out = new StringWriter();
        RouteListing listing = listing(address, out);
        listing.print(ROUTES);
        listing.printListening();
        return out.toString();
    }

    private static RouteListing listing(Address address, StringWriter out) {
        PrintWriter writer = new PrintWriter(out, true);
        return new RouteListing(
                new Surroundings(
                        writer, writer, Map.of(), Path.of("/"), false, false, Piped.NOTHING),
                address);
    }
}
