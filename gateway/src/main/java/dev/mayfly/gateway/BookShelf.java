package dev.mayfly.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The books of all event loops of a listener and of records, and what can be read in them. */
final class BookShelf {
    private final RouteTallies routes = new RouteTallies();
    private final List<ActivationRing> rings = new CopyOnWriteArrayList<>();
    private final ServerSettings.Activations limits;
    private final EventRing events;
    private final int sharers;

    /**
     * What the limits allow is shared by so many loops, and by records.
     *
     * @param records whether there are any
     */
    BookShelf(ServerSettings.Activations limits, int loops, boolean records) {
        this.limits = limits;
        sharers = records ? loops + 1 : loops;
        events = new EventRing(records ? limits.kept() / sharers : 0);
    }

    /** For a listener whose requests reach no function. */
    static BookShelf ofNothing() {
        return new BookShelf(new ServerSettings.Activations(0, 0), 1, false);
    }

    /** Where runs for records are kept. */
    EventRing events() {
        return events;
    }

    RouteTallies routes() {
        return routes;
    }

    /** For a loop that begins. */
    Book open() {
        return new Book(routes.sheet(), limits.kept() == 0 ? null : ring());
    }

    private ActivationRing ring() {
        ActivationRing ring =
                new ActivationRing(
                        Math.max(1, limits.kept() / sharers), limits.recordedBytes() / sharers);
        rings.add(ring);
        return ring;
    }

    List<Activation> newest(ActivationQuery query) {
        List<Activation> found = new ArrayList<>();
        rings.forEach(ring ->
                ring.forEach(request -> {
                    Activation activation = request.activation();
                    if (query.wants(activation)) {
                        found.add(activation);
                    }
                }));
        for (KeptEvent event : events.all()) {
            Activation activation = event.activation();
            if (query.wants(activation)) {
                found.add(activation);
            }
        }
        found.sort(Comparator.comparing(Activation::at).reversed());
        return List.copyOf(found.subList(0, Math.min(query.limit(), found.size())));
    }

    Optional<Activation> find(String id) {
        return Stream.concat(
                        all(id).stream().map(PastRequest::activation),
                        events.all().stream()
                                .filter(event -> event.attempt().record().requestId().equals(id))
                                .map(KeptEvent::activation))
                .max(Comparator.comparing(Activation::at));
    }

    Optional<Recorded> recorded(String id) {
        return all(id).stream()
                .filter(request -> request.recorded() != null)
                .max(Comparator.comparing(request -> request.activation().at()))
                .flatMap(request -> Optional.ofNullable(request.recorded()));
    }

    /** More than one where a trusted proxy gave an id twice. */
    private List<PastRequest> all(String id) {
        List<PastRequest> found = new ArrayList<>();
        rings.forEach(ring ->
                ring.forEach(request -> {
                    if (request.id().equals(id)) {
                        found.add(request);
                    }
                }));
        return found;
    }
}
