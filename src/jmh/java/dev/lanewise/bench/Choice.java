package dev.lanewise.bench;

import java.util.List;
import java.util.function.Predicate;

/**
 * What the command line asks for.
 *
 * @param name {@code quick}, {@code full}, {@code elementwise}, {@code networks} or {@code encoder}
 * @param partial whether it is only a part of that
 */
record Choice(String name, boolean partial, int rounds, List<Case> cases) {

    static final String USAGE = """
        quick|full|elementwise|networks|encoder  which plan
        -family square,batched                   only these families
        -engine lanewise,mkl                     only these engines
        -p shape=512x512x512                     only these values of a parameter, separated by commas
        -rounds 1                                forks of each, 5 unless given
        Any option makes it a partial run, which is written to target/jmh instead of perf-reports.\
        """;

    static final int ROUNDS = 5;

    static Choice of(String[] args) {
        if (args.length == 0 || args.length % 2 == 0) {
            throw new IllegalArgumentException("A plan is wanted, then options in pairs.");
        }
        List<Case> cases = switch (args[0]) {
            case "quick" -> Plan.quick();
            case "full" -> Plan.full();
            case "elementwise" -> Plan.elementwise();
            case "networks" -> Plan.networks();
            case "encoder" -> Plan.encoder();
            default -> throw new IllegalArgumentException(args[0] + " is not a plan.");
        };
        int rounds = ROUNDS;
        for (int i = 1; i < args.length; i += 2) {
            String option = args[i];
            List<String> values = List.of(args[i + 1].split(","));
            switch (option) {
                case "-family" -> cases = keep(cases, each -> values.contains(each.family()));
                case "-engine" ->
                    cases = keep(
                            cases,
                            each -> each.engine().isEmpty()
                                    || values.contains(each.engine().get().id()));
                case "-p" -> {
                    String[] param = args[i + 1].split("=", 2);
                    List<String> wanted = List.of(param[param.length - 1].split(","));
                    cases = keep(cases, each -> wanted.contains(each.params().getOrDefault(param[0], "")));
                }
                case "-rounds" -> rounds = Integer.parseInt(values.getFirst());
                default -> throw new IllegalArgumentException(option + " is not an option.");
            }
        }
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("Nothing in the plan fits.");
        }
        return new Choice(args[0], args.length > 1, rounds, cases);
    }

    private static List<Case> keep(List<Case> cases, Predicate<Case> wanted) {
        return cases.stream().filter(wanted).toList();
    }
}
