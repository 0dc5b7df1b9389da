package dev.lanewise.graph;

import dev.lanewise.autodiff.Graph;

/** What a box of the picture stands for: its look and its line in the legend. */
enum Kind {
    LEAF("lightblue", false, "leaf that requires grad"),
    FROZEN_LATER("lightblue", true, "leaf that no longer requires grad"),
    OPERATION("lightgrey", false, "operation and the shape of its result"),
    FREED("lightgrey", true, "operation freed by a backward pass"),
    SAVED("orange", false, "result of an operation, kept"),
    CONSTANT("navajowhite", true, "constant, or computed from (...)"),
    FROZEN("lavender", true, "frozen, or computed from (...)"),
    VOLATILE("lightpink", true, "volatile because of (...)"),
    OTHER("whitesmoke", true, "left out for the reason given"),
    MORE("white", true, "not drawn");

    /** A colour of Graphviz's X11 scheme. */
    final String fill;

    final boolean dashed;
    final String legend;

    Kind(String fill, boolean dashed, String legend) {
        this.fill = fill;
        this.dashed = dashed;
        this.legend = legend;
    }

    /** The look of what no gradient goes to. */
    static Kind of(Graph.Reason reason) {
        return switch (reason) {
            case CONSTANT -> CONSTANT;
            case FROZEN -> FROZEN;
            case VOLATILE -> VOLATILE;
            case DETACHED, RECORDING_OFF, NO_DERIVATIVE -> OTHER;
        };
    }
}
