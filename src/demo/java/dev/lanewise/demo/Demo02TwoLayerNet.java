package dev.lanewise.demo;

import dev.lanewise.Lanewise;

/** A placeholder: proves the way from the command line to a demo. */
public final class Demo02TwoLayerNet {

    private Demo02TwoLayerNet() {}

    /**
     * Prints what runs here.
     *
     * @param args shown as they came
     */
    public static void main(String[] args) {
        System.out.println("Demo02TwoLayerNet on " + Lanewise.describe() + " with " + String.join(",", args));
    }
}
