package mayfly

/**
 * A request: its head is the environment, its body is standard input (CGI, RFC 3875).
 *
 * @property variables REQUEST_METHOD, PATH_INFO, HTTP_COOKIE … and the function's own
 * @property body everything on standard input
 * @property log writes a line to the function's log
 */
class Request(val variables: Map<String, String>, val body: ByteArray, val log: (String) -> Unit) {
    /** A variable, empty if it is not set. */
    fun variable(name: String): String = variables[name] ?: ""

    val method: String
        get() = variable("REQUEST_METHOD")

    /** What the route's `/...` stands for, decoded. */
    val path: String
        get() = variable("PATH_INFO")

    /** As it came, without the question mark. */
    val query: String
        get() = variable("QUERY_STRING")

    /** A header by its name in any case, empty if it was not sent. */
    fun header(name: String): String = variable("HTTP_" + name.uppercase().replace('-', '_'))
}

/**
 * An answer.
 *
 * @property status 200 to 599
 * @property headers in this order; a name may be there several times
 * @property body its bytes
 */
class Response(val status: Int, val headers: List<Pair<String, String>>, val body: ByteArray) {
    constructor(
        status: Int,
        contentType: String,
        body: String,
    ) : this(status, listOf("Content-Type" to contentType), body.encodeToByteArray())

    /** The same with one header more. */
    fun with(name: String, value: String) = Response(status, headers + (name to value), body)

    /** The head, line by line, an empty line, the body. */
    fun bytes(): ByteArray {
        val head = StringBuilder("Status: ").append(status).append('\n')
        for ((name, value) in headers) {
            head.append(name).append(": ").append(value).append('\n')
        }
        return head.append('\n').toString().encodeToByteArray() + body
    }

    companion object {
        fun text(status: Int, body: String) = Response(status, "text/plain; charset=utf-8", body)

        fun json(status: Int, body: String) = Response(status, "application/json", body)
    }
}
