@file:OptIn(ExperimentalWasmInterop::class, UnsafeWasmMemoryApi::class)

package mayfly

import kotlin.wasm.ExperimentalWasmInterop
import kotlin.wasm.WasmImport
import kotlin.wasm.unsafe.Pointer
import kotlin.wasm.unsafe.UnsafeWasmMemoryApi
import kotlin.wasm.unsafe.withScopedMemoryAllocator

/**
 * Reads the request, has it answered, writes the answer: the whole of a function's main. What
 * [answer] throws goes to the log, and the caller sees a 502.
 */
fun serve(answer: (Request) -> Response) {
    try {
        val request = Request(environment(), input()) { output(2, "$it\n".encodeToByteArray()) }
        output(1, answer(request).bytes())
    } catch (e: Throwable) {
        output(2, "$e\n".encodeToByteArray())
        procExit(1)
    }
}

private fun environment(): Map<String, String> = withScopedMemoryAllocator { memory ->
    val count = memory.allocate(4)
    val size = memory.allocate(4)
    check("environ_sizes_get", environSizesGet(count.address.toInt(), size.address.toInt()))
    val starts = memory.allocate(4 * count.loadInt())
    val text = memory.allocate(size.loadInt())
    check("environ_get", environGet(starts.address.toInt(), text.address.toInt()))
    bytes(text, size.loadInt())
        .decodeToString()
        .split('\u0000')
        .dropLast(1)
        .associate { it.substringBefore('=') to it.substringAfter('=') }
}

private fun input(): ByteArray = withScopedMemoryAllocator { memory ->
    val part = memory.allocate(PART)
    val vector = memory.allocate(8)
    val size = memory.allocate(4)
    vector.storeInt(part.address.toInt())
    (vector + 4).storeInt(PART)
    val parts = mutableListOf<ByteArray>()
    do {
        check("fd_read", fdRead(0, vector.address.toInt(), 1, size.address.toInt()))
        parts += bytes(part, size.loadInt())
    } while (size.loadInt() > 0)
    val all = ByteArray(parts.sumOf { it.size })
    parts.fold(0) { end, it -> it.copyInto(all, end); end + it.size }
    all
}

private fun output(descriptor: Int, bytes: ByteArray) = withScopedMemoryAllocator { memory ->
    val text = memory.allocate(bytes.size)
    for (i in bytes.indices) {
        (text + i).storeByte(bytes[i])
    }
    val vector = memory.allocate(8)
    val size = memory.allocate(4)
    var from = 0
    while (from < bytes.size) {
        vector.storeInt((text + from).address.toInt())
        (vector + 4).storeInt(bytes.size - from)
        check("fd_write", fdWrite(descriptor, vector.address.toInt(), 1, size.address.toInt()))
        from += size.loadInt()
    }
}

private fun bytes(from: Pointer, length: Int) = ByteArray(length) { (from + it).loadByte() }

private fun check(call: String, errno: Int) = check(errno == 0) { "$call: errno $errno" }

private const val PART = 8192

@WasmImport("wasi_snapshot_preview1", "environ_sizes_get")
private external fun environSizesGet(count: Int, size: Int): Int

@WasmImport("wasi_snapshot_preview1", "environ_get")
private external fun environGet(starts: Int, text: Int): Int

@WasmImport("wasi_snapshot_preview1", "fd_read")
private external fun fdRead(descriptor: Int, vectors: Int, count: Int, size: Int): Int

@WasmImport("wasi_snapshot_preview1", "fd_write")
private external fun fdWrite(descriptor: Int, vectors: Int, count: Int, size: Int): Int

@WasmImport("wasi_snapshot_preview1", "proc_exit") private external fun procExit(code: Int)
