package dev.mayfly.http;

import dev.mayfly.http.Admission.Preview;
import dev.mayfly.http.Admission.Rejection;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decides which requests are well-formed HTTP, and who sent them. */
final class Doorman {
    private static final String HOST = "host";
    private static final String CONTENT_LENGTH = "content-length";
    private static final String TRANSFER_ENCODING = "transfer-encoding";
    private static final String REVISION = "x-mayfly-revision";

    private final TrustedProxies proxies;
    private final PreviewHosts previewHosts;
    private final RequestIds ids;

    Doorman(TrustedProxies proxies, PreviewHosts previewHosts, RequestIds ids) {
        this.proxies = proxies;
        this.previewHosts = previewHosts;
        this.ids = ids;
    }

    /** {@return the id a trusted proxy gave the request, else a new one} */
    String identify(RequestHead head) {
        if (proxies.vouchFor(head)) {
            CharSequence given = head.headers().first("x-request-id");
            if (given != null && isId(given)) {
                return given.toString();
            }
        }
        return ids.next();
    }

    private static boolean isId(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean mark = c == '.' || c == '_' || c == '-';
            if (!mark && (!Octets.isToken(c) || !Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 128;
    }

    Admission admit(RequestHead head, String id) {
        if (!Octets.isTokens(head.method()) || head.method().equals("CONNECT")) {
            return Rejection.malformed("the method cannot be served here");
        }
        Optional<String> flaw = RequestTarget.flaw(head.target());
        if (flaw.isPresent()) {
            return Rejection.malformed(flaw.get());
        }
        FieldCheck fields = new FieldCheck();
        head.headers().forEach(fields);
        RequestTarget target = RequestTarget.of(head.target());
        CharSequence authority = fields.authority(head, target);
        Optional<String> complaint = fields.complaint(head, authority);
        return complaint.isPresent()
                ? Rejection.malformed(complaint.get())
                : admit(view(head, id, target, authority), fields.revision);
    }

    private Admission admit(RequestView request, @Nullable CharSequence wanted) {
        if (wanted != null) {
            OptionalLong revision = PreviewHosts.number(wanted);
            return revision.isEmpty()
                    ? Rejection.malformed("X-Mayfly-Revision is no number of a revision")
                    : new Preview(request, revision.getAsLong(), Optional.empty());
        }
        String authority = request.authority();
        Optional<PreviewHosts.Named> named =
                authority == null ? Optional.empty() : previewHosts.read(authority);
        return named.isEmpty()
                ? request
                : new Preview(request, named.get().revision(), Optional.of(named.get().app()));
    }

    private RequestView view(
            RequestHead head, String id, RequestTarget target, @Nullable CharSequence authority) {
        String own = authority == null ? null : authority.toString();
        Origin origin = null;
        if (proxies.vouchFor(head)) {
            Forwarding forwarding = Forwarding.read(head, proxies);
            own = forwarding.authority(own);
            origin = forwarding.origin(head, own);
        }
        return new RequestView(
                head, id, head.method(), target.path(), target.query(), own, origin, false);
    }

    /** One pass over the fields: what the checks must know of them. */
    private static final class FieldCheck implements HeaderFields.Visitor {
        private @Nullable CharSequence host;
        private @Nullable CharSequence revision;
        private boolean twoHosts;
        private boolean hasLength;
        private boolean hasEncoding;
        private boolean badValue;

        @Override
        public void field(CharSequence name, CharSequence value) {
            switch (name.length()) {
                case 4 -> host(name, value);
                case 14 -> hasLength |= Octets.sameIgnoringCase(name, CONTENT_LENGTH);
                case 17 -> encodingOrRevision(name, value);
                default -> {}
            }
            badValue |= hasForbiddenByte(value);
        }

        private void encodingOrRevision(CharSequence name, CharSequence value) {
            if (Octets.sameIgnoringCase(name, TRANSFER_ENCODING)) {
                hasEncoding = true;
            } else if (Octets.sameIgnoringCase(name, REVISION)) {
                revision = revision == null ? value : ""; // two name none
            }
        }

        private void host(CharSequence name, CharSequence value) {
            if (Octets.sameIgnoringCase(name, HOST)) {
                twoHosts |= host != null;
                host = value;
            }
        }

        private static boolean hasForbiddenByte(CharSequence value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == 0 || c == '\r' || c == '\n') {
                    return true;
                }
            }
            return false;
        }

        /**
         * {@return the absolute target's, else {@code :authority}, else {@code Host}, else null}
         */
        @Nullable CharSequence authority(RequestHead head, RequestTarget target) {
            if (target.authority() != null) {
                return target.authority();
            }
            String pseudo = head.authority();
            return pseudo == null ? host : pseudo;
        }

        Optional<String> complaint(RequestHead head, @Nullable CharSequence authority) {
            if (twoHosts) {
                return Optional.of("the request has more than one Host field");
            }
            if (host == null && head.protocol() == RequestHead.Protocol.HTTP_1_1) {
                return Optional.of("the request has no Host field");
            }
            if (authority != null && !Authority.isValid(authority)) {
                return Optional.of("the host is malformed");
            }
            if (hasLength && hasEncoding) {
                return Optional.of("the request has both Content-Length and Transfer-Encoding");
            }
            return badValue
                    ? Optional.of("a header value has a NUL or a bare CR")
                    : Optional.empty();
        }
    }
}
