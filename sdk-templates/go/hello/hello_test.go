package hello

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func ask(method, target, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, target, strings.NewReader(body))
	request.Header.Set("User-Agent", "test/1")
	request.Header.Set("Cookie", "a=1")
	answer := httptest.NewRecorder()
	Handler().ServeHTTP(answer, request)
	return answer
}

func TestAnswers(t *testing.T) {
	t.Setenv("GREETING", "hello")
	t.Setenv("X_REQUEST_ID", "id-1")
	for _, test := range []struct {
		name, method, target, body string
		status                     int
		answer                     string
	}{
		{"greets", "GET", "/", "", 200, "hello from Go\nmethod: GET\npath: /\nX-Request-Id: id-1\n"},
		{"shows a header and the query", "GET", "/agent?a=1", "", 200, "User-Agent: test/1\nquery: a=1\n"},
		{"answers a body with JSON", "POST", "/echo", "a \"b\"\\\ncaf\u00e9", 200, `{"bytes":12,"body":"a \"b\"\\\ncafé"}` + "\n"},
		{"refuses a body that is no UTF-8", "POST", "/echo", "caf\xe9", 400, "the body is no UTF-8\n"},
		{"has a status of its own", "GET", "/teapot", "", 418, "short and stout\n"},
		{"has no other page", "GET", "/nothing", "", 404, "no page /nothing\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer := ask(test.method, test.target, test.body)
			if answer.Code != test.status || answer.Body.String() != test.answer {
				t.Errorf("%d %q (expected: %d %q)", answer.Code, answer.Body, test.status, test.answer)
			}
		})
	}
}

func TestSetsTwoCookies(t *testing.T) {
	answer := ask(http.MethodGet, "/cookies", "")
	expected := []string{"flavour=oat; Path=/", "size=small; Path=/; HttpOnly"}
	if cookies := answer.Result().Header.Values("Set-Cookie"); !slices.Equal(cookies, expected) {
		t.Errorf("%q (expected: %q)", cookies, expected)
	}
	if body := answer.Body.String(); body != "you sent: a=1\n" {
		t.Errorf("%q", body)
	}
}
