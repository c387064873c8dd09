/**
 * The contract of docs/contract.md, tried over real sockets with real guests in the real command.
 */
@NullMarked
package dev.mayfly.contract;

import org.jspecify.annotations.NullMarked;
