package dev.lanewise.train;

import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** A report about a real run, for the tests of the page and of what a browser makes of it. */
final class Reports {

    private Reports() {}

    static HtmlReport trained(String title) {
        Sequential model = Points.model();
        Task<Points.Batch> task = Points.task(model);
        HtmlReport report = new HtmlReport(title);
        new Trainer<>(model, new Adam(model.namedParameters().values(), 0.01), task)
                .validation(Points::held)
                .listen(report)
                .fit(6, Points::epoch);
        return report;
    }

    static List<FreezeCost> costs() {
        Sequential model = Points.model();
        SequencedMap<String, Predicate<String>> depths = new LinkedHashMap<>();
        depths.put("nothing", path -> false);
        depths.put("first", path -> path.startsWith("first."));
        depths.put("first and second", path -> !path.startsWith("head."));
        return FreezeCost.measure(
                model, depths, () -> Points.task(model).loss(Points.epoch(0).getFirst()), 3);
    }
}
