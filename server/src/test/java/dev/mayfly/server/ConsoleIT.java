package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real Chromium, before a real server with real apps. What was to be seen is in
 * {@code target/console}; where there is no Chromium, that is said.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // open comes before all
class ConsoleIT {
    private static final Path PICTURES = Path.of("target", "console");

    /** Seconds of traffic that pictures show: a minute for those of the documents. */
    private static final int PAST = Integer.getInteger("mayfly.console.past", 4);

    @TempDir static Path folder;
    private ConsoleStage stage;
    private Browser browser;

    @BeforeAll
    void open() throws Exception {
        Optional<String> missing = Browser.missing();
        assumeTrue(missing.isEmpty(), missing.orElse(""));
        stage = new ConsoleStage(folder);
        browser = Browser.open(folder.resolve("chromium"));
        stage.open();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        stage.restore();
        browser.size(1280, 860);
        browser.scheme("light");
        browser.go(stage.page().resolve("/v1")); // a page of its own, without scripts
        browser.run("sessionStorage.clear()");
        browser.go(stage.page());
        browser.await("document.activeElement.id == 'token'");
        browser.complaints();
    }

    @AfterEach
    void nothingWasRefusedByThePolicyOrFailed() {
        assertThat(browser.complaints()).noneMatch(line -> line.startsWith("SEVERE"));
    }

    private void logIn(String token) {
        browser.type("#token", token);
        browser.press(Browser.ENTER);
        browser.await("document.querySelector('h1').textContent == 'Apps'");
    }

    private void logIn() {
        logIn(stage.admin().token());
        browser.awaitText("storefront");
    }

    private void see(String place, String until) {
        browser.run("location.hash = arguments[0]", place);
        browser.await(until);
    }

    private void picture(String name, boolean whole) throws IOException {
        browser.picture(PICTURES.resolve(name + ".png"), whole);
    }

    @Test
    void aWrongTokenIsRefusedAndARightOneIsLetInAndOut() throws Exception {
        picture("login", false);
        browser.type("#token", "mayfly_0123456789abcdef_nothing");
        browser.press(Browser.ENTER);
        browser.awaitText("Not let in");
        assertThat(browser.isTrue("document.activeElement.id == 'token'")).isTrue();
        assertThat(browser.isTrue("sessionStorage.length == 0")).isTrue();
        browser.complaints(); // Chromium writes each 401 down
        logIn(stage.admin().token());
        assertThat(browser.run("return location.href").asText())
                .doesNotContain(stage.admin().token());
        assertThat(browser.isTrue("localStorage.length == 0 && document.cookie == ''")).isTrue();
        browser.click("#visitor button");
        browser.awaitText("admin.token");
        assertThat(browser.isTrue("sessionStorage.length == 0")).isTrue();
    }

    @Test
    void trafficIsSeenToArrive() throws Exception {
        logIn();
        browser.await("parseFloat(document.querySelector('.figures dd').textContent) > 5");
        browser.await(
                "[...document.querySelectorAll('.spark-line')].some(line =>"
                        + " line.getAttribute('d').split('L').length > "
                        + PAST
                        + ")");
        browser.await("document.querySelector('.function .p99').textContent.includes('s p99')");
        assertThat(browser.text("#visitor")).contains("well", "bootstrap");
        assertThat(browser.text(".apps")).contains("hot", "revision 2", "thumbnails");
        picture("apps", false);
        browser.scheme("dark");
        picture("apps-dark", false);
    }

    /** With keys only: to the list, to a request, to its log. */
    @Test
    void anActivationIsOpenedWithTheKeyboardAndShowsItsLines() throws Exception {
        logIn();
        browser.press(Browser.TAB);
        browser.tabTo("a[href='#/activations']");
        browser.press(Browser.ENTER);
        browser.await("document.querySelectorAll('.activation').length > 3");
        assertThat(browser.text("h1")).isEqualTo("Activations");
        assertThat(browser.isTrue("document.activeElement.matches('h1')")).isTrue();
        String id = stage.visit("/cart/basket?stderr=three%20lamps&text=x");
        browser.await("document.querySelector('a[href$=\"" + id + "\"]')");
        browser.tabTo("button[aria-pressed]");
        browser.press(" "); // held, the list stands still
        browser.await("document.querySelector('[aria-pressed=true]')");
        picture("activations", false);
        browser.tabTo("a[href$='" + id + "']");
        browser.press(Browser.ENTER);
        browser.awaitText("three lamps");
        assertThat(browser.text("h1")).isEqualTo("GET /cart/basket");
        assertThat(browser.text("#main"))
                .contains(id, "shop · cart, revision 2", "200\nsucceeded", "text=x");
        picture("activation", true);
    }

    @Test
    void aRollbackIsAskedAboutAndItsRevisionAnswersThen() throws Exception {
        logIn();
        see("#/apps/shop", "document.querySelectorAll('.revision').length >= 2");
        browser.await("document.querySelectorAll('.activation').length > 3");
        browser.await("document.querySelector('.lines li')");
        picture("app", true);
        String live = browser.text(".revision[data-live] .number");
        browser.click(".revision[data-live] ~ .revision .button");
        browser.await("document.querySelector('dialog[open]')");
        assertThat(browser.text("dialog")).contains("Roll shop back?", "revision 1 of shop");
        picture("rollback", false);
        browser.press(Browser.ESCAPE);
        browser.await("!document.querySelector('dialog')");
        assertThat(browser.text(".revision[data-live] .number")).isEqualTo(live);
        browser.click(".revision[data-live] ~ .revision .button");
        browser.click("dialog .strong");
        browser.await("document.querySelector('.revision[data-live] .number').textContent == '1'");
        assertThat(stage.admin().get("/v1/apps/shop").json().path("live").asInt()).isEqualTo(1);
        browser.await("document.getElementById('news').textContent.startsWith('Revision 1 of')");
        stage.restore();
        browser.await("document.querySelector('.revision[data-live] .number').textContent == '2'");
    }

    @Test
    void anAppThatChangedMeanwhileIsNotRolledBackUnseen() throws Exception {
        logIn();
        see("#/apps/shop", "document.querySelectorAll('.revision .button').length >= 2");
        browser.click(".revision[data-live] ~ .revision .button");
        browser.await("document.querySelector('dialog[open]')");
        stage.deployHostile();
        browser.click("dialog .strong");
        browser.awaitText("The app changed since this page looked at it");
        browser.press(Browser.ESCAPE);
        browser.await("!document.querySelector('dialog')");
        browser.complaints(); // Chromium writes the 412 down
    }

    @Test
    void whoMayOnlyReadSeesNoButtonThatChanges() throws Exception {
        logIn(stage.token("read"));
        see("#/apps/shop", "document.querySelectorAll('.revision').length >= 2");
        assertThat(browser.isTrue("document.querySelector('.revision .button')")).isFalse();
        assertThat(browser.text("#visitor")).contains("onlooker");
    }

    @Test
    void whereNothingIsToBeSeenThePageSaysHowThatIsChanged() throws Exception {
        logIn(stage.token("deploy:other"));
        browser.awaitText("Nothing is deployed here that this token may read.");
        browser.awaitText("well");
        see("#/events", "document.querySelector('h1').textContent == 'Events'");
        browser.awaitText("No app that this token may read has a Kafka trigger.");
        see("#/activations", "document.querySelector('h1').textContent == 'Activations'");
        browser.awaitText("No request of that kind came lately.");
    }

    @Test
    void whatUsersWriteIsShownAsTheyWroteIt() throws Exception {
        stage.deployHostile();
        String id =
                stage.visit(
                        "/cart/%3Cimg%20src=x%20onerror=alert(1)%3E?header=X-Say:%20%3Cb%3Ebold%3C/b%3E"
                                + "&stderr=%3Cimg%20src=x%20onerror=alert(1)%3E%3Cscript%3Ealert(2)%3C/script%3E");
        logIn();
        see("#/apps/shop", "document.querySelector('.revision .message')");
        browser.awaitText(ConsoleStage.HOSTILE);
        see("#/activations/" + id, "document.querySelector('.lines .text')");
        assertThat(browser.text(".lines .text")).isEqualTo(ConsoleStage.HOSTILE);
        assertThat(browser.text("#main")).contains("<b>bold</b>");
        see("#/activations/" + "%3Cimg%20src=x%3E", "document.querySelector('#trouble span')");
        assertThat(browser.isTrue("document.querySelector('main img, main script, main b.x')"))
                .isFalse();
        browser.complaints(); // Chromium writes the 404 down
    }

    @Test
    void eventsAreSeenWithTheirLagAndTheRecordsThatWereGivenUp() throws Exception {
        logIn();
        see("#/events", "document.querySelector('.trigger td')");
        browser.awaitText("2 dead letters");
        browser.awaitText("38 records taken");
        assertThat(browser.text(".trigger")).contains("shop-orders", "running", "invoice");
        browser.click("summary");
        browser.awaitText("customer-20");
        assertThat(browser.text(".letters")).contains("shop-failed/", "exited with code 3");
        picture("events", true);
        see(
                "#/activations?app=shop&outcome=failed",
                "[...document.querySelectorAll('.activation')].some(each =>"
                        + " each.textContent.startsWith('–EVENT shop-orders/0/'))");
    }

    @Test
    void aServerThatIsGoneIsSaidAndComesBackByItself() {
        logIn();
        browser.offline(true);
        browser.awaitText("The server does not answer.");
        browser.awaitText("Trying again in");
        browser.offline(false);
        browser.await("document.querySelector('#trouble').textContent == ''");
        browser.complaints(); // Chromium writes down that it was cut off
    }

    @Test
    void aTabThatNobodySeesAsksNothing() {
        logIn();
        browser.await("document.querySelector('.function')");
        browser.run(
                "Object.defineProperty(document, 'visibilityState', {get: () => window.seen ?? 'hidden',"
                        + " configurable: true}); document.dispatchEvent(new Event('visibilitychange'))");
        JsonNode asked =
                browser.runLong(
                        "const done = arguments[0]; const count = () =>"
                                + " performance.getEntriesByType('resource').length;"
                                + " setTimeout(() => { const before = count(); setTimeout(() =>"
                                + " done(count() - before), 2500); }, 500)");
        assertThat(asked.asInt()).isZero();
        browser.run(
                "window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))");
        browser.await("document.querySelector('.function')");
    }

    @Test
    void aPhoneNeedsNoSidewaysScrolling() throws Exception {
        browser.size(320, 640);
        picture("phone-login", false);
        logIn();
        for (String place : List.of("#/apps", "#/apps/shop", "#/activations", "#/events")) {
            see(place, "document.querySelector('.spark, .activation, .trigger')");
            browser.await("!document.querySelector('.waiting:not([hidden])')");
            picture("phone-" + place.replaceAll("\\W+", ""), false);
            assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
                    .as(place)
                    .isLessThanOrEqualTo(320);
        }
    }

    @Test
    void nothingStandsInTheWayOfAnybodyInAnyView() {
        String axe = axe();
        accessible(axe, "login");
        logIn();
        accessible(axe, "apps");
        see(
                "#/apps/shop",
                "document.querySelector('.revision') && document.querySelector('.lines li')");
        accessible(axe, "app");
        browser.click(".revision[data-live] ~ .revision .button");
        accessible(axe, "dialog");
        browser.press(Browser.ESCAPE);
        see("#/activations", "document.querySelector('.activation')");
        accessible(axe, "activations");
        browser.click(".activation");
        browser.await("document.querySelector('.spent')");
        accessible(axe, "activation");
        see("#/events", "document.querySelector('.trigger')");
        accessible(axe, "events");
    }

    private static String axe() {
        try (InputStream in = ConsoleIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void accessible(String axe, String view) {
        browser.run(axe + "; window.axe = axe");
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            // In the dark only colours are other ones.
            String which = scheme.equals("dark") ? ", runOnly: ['color-contrast']" : "";
            JsonNode violations =
                    browser.runLong(
                            "const done = arguments[0]; axe.run(document, {resultTypes:"
                                    + " ['violations']"
                                    + which
                                    + "}).then(found => done(found.violations.map("
                                    + "each => each.id + ': ' + each.nodes.map(node => node.html)"
                                    + ".join(' '))), error => done([String(error)]))");
            assertThat(violations).as(view + ", " + scheme).isEmpty();
        }
    }
}
