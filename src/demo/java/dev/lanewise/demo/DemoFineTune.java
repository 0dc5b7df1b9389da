package dev.lanewise.demo;

import dev.lanewise.Lanewise;

/** A placeholder: proves the way from the command line to a demo. */
public final class DemoFineTune {

    private DemoFineTune() {}

    /**
     * Prints what runs here.
     *
     * @param args shown as they came
     */
    public static void main(String[] args) {
        System.out.println("DemoFineTune on " + Lanewise.describe() + " with " + String.join(",", args));
    }
}
