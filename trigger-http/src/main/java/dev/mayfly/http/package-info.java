/** Routes requests, and speaks CGI to functions. */
@NullMarked
package dev.mayfly.http;

import org.jspecify.annotations.NullMarked;
