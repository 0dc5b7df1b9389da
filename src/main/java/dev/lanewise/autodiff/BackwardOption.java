package dev.lanewise.autodiff;

/** What a backward pass is asked to do beside its work. */
public enum BackwardOption {
    /** Keep the closures, so that another backward may follow. Without it they are dropped as the pass goes. */
    RETAIN_GRAPH,

    /**
     * Record the computation of the gradients, so that they can be differentiated in their turn
     * ({@link AdjointArray#adjoint}). Implies {@link #RETAIN_GRAPH}.
     */
    CREATE_GRAPH
}
