package dev.lanewise.demo;

import java.io.Console;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a task has come: a bar on a terminal, a line at each quarter elsewhere. */
interface Progress extends AutoCloseable {

    /** One step more. */
    void step(String note);

    @Override
    void close();

    /** The progress of a task of so many steps. */
    static Progress of(String task, int steps) {
        Console console = System.console();
        return console != null && console.isTerminal() ? bar(task, steps) : lines(task, steps);
    }

    private static Progress bar(String task, int steps) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(100)
                .build();
        return new Progress() {
            @Override
            public void step(String note) {
                bar.step();
                bar.setExtraMessage(note);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    private static Progress lines(String task, int steps) {
        return new Progress() {
            private int done;

            @Override
            public void step(String note) {
                int before = 4 * done / steps;
                done++;
                if (4 * done / steps > before) {
                    System.out.printf(Locale.ROOT, "%-30s step %3d of %d, %s%n", task, done, steps, note);
                }
            }

            @Override
            public void close() {}
        };
    }
}
