package hello

import mayfly.Request
import mayfly.Response

fun answer(request: Request): Response =
    when (request.path) {
        "/" -> welcome(request)
        "/agent" -> agent(request)
        "/echo" -> echo(request)
        "/cookies" -> cookies(request)
        "/teapot" -> Response.text(418, "short and stout\n")
        "/fail" -> error("giving up before there is an answer") // the caller sees a 502
        else -> {
            request.log("no page ${request.path}")
            Response.text(404, "no page ${request.path}\n")
        }
    }

private fun welcome(request: Request) =
    Response.text(
        200,
        """
        ${request.variable("GREETING")} from Kotlin
        method: ${request.method}
        path: ${request.path}
        X-Request-Id: ${request.variable("X_REQUEST_ID")}

        """
            .trimIndent(),
    )

/** A header and the query, as they arrived. */
private fun agent(request: Request) =
    Response.text(200, "User-Agent: ${request.header("User-Agent")}\nquery: ${request.query}\n")

/** The body as a JSON string; one that is no UTF-8 is the caller's mistake. */
private fun echo(request: Request): Response =
    try {
        val body = request.body.decodeToString(throwOnInvalidSequence = true)
        Response.json(200, """{"bytes":${request.body.size},"body":${quoted(body)}}""" + "\n")
    } catch (e: CharacterCodingException) {
        Response.text(400, "the body is no UTF-8\n")
    }

internal fun quoted(text: String): String = buildString {
    append('"')
    for (c in text) {
        when {
            c == '"' || c == '\\' -> append('\\').append(c)
            c < ' ' -> append("\\u00").append(c.code.toString(16).padStart(2, '0'))
            else -> append(c)
        }
    }
    append('"')
}

private fun cookies(request: Request) =
    Response.text(200, "you sent: ${request.header("Cookie")}\n")
        .with("Set-Cookie", "flavour=oat; Path=/")
        .with("Set-Cookie", "size=small; Path=/; HttpOnly")
