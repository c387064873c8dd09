package dev.mayfly.server;

/** Takes an app from its manifest to its traffic. Blocks. Any thread but an event loop. */
interface Deploys {
    /**
     * {@return how it ended} Throws {@link dev.mayfly.registry.UnavailableException} when the
     * database does not answer: nothing is live that was not before.
     */
    DeployOutcome deploy(DeployWish wish);
}
