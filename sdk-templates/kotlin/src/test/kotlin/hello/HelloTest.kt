package hello

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import mayfly.Request
import mayfly.Response

class HelloTest {
    private val log = mutableListOf<String>()

    private fun ask(path: String, body: ByteArray = ByteArray(0)): Response =
        answer(
            Request(
                mapOf(
                    "REQUEST_METHOD" to "GET",
                    "PATH_INFO" to path,
                    "GREETING" to "hello",
                    "HTTP_COOKIE" to "a=1",
                ),
                body,
                log::add,
            )
        )

    private fun text(response: Response) = response.body.decodeToString()

    @Test
    fun greets() {
        assertEquals("hello from Kotlin\nmethod: GET\npath: /\nX-Request-Id: \n", text(ask("/")))
    }

    @Test
    fun `echoes the body as JSON`() {
        val response = ask("/echo", "a \"quoted\" Ω\n".encodeToByteArray())
        assertEquals("""{"bytes":14,"body":"a \"quoted\" Ω\u000a"}""" + "\n", text(response))
    }

    @Test
    fun `refuses a body that is no UTF-8`() {
        assertEquals(400, ask("/echo", byteArrayOf(-1)).status)
    }

    @Test
    fun `sets two cookies`() {
        val response = ask("/cookies")
        assertEquals("you sent: a=1\n", text(response))
        assertEquals(
            listOf(
                "Content-Type" to "text/plain; charset=utf-8",
                "Set-Cookie" to "flavour=oat; Path=/",
                "Set-Cookie" to "size=small; Path=/; HttpOnly",
            ),
            response.headers,
        )
    }

    @Test
    fun `has statuses of its own`() {
        assertEquals(418, ask("/teapot").status)
        assertEquals(404, ask("/nowhere").status)
        assertEquals(listOf("no page /nowhere"), log)
        assertFailsWith<IllegalStateException> { ask("/fail") }
    }
}
