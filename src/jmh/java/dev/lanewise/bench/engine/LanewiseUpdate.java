package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import dev.lanewise.nn.Parameter;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Sgd;
import java.util.List;

/** Steps of an optimizer of this library; each is given the gradient anew, as a step uses it up. */
record LanewiseUpdate(Parameter parameter, FloatArray gradient, Optimizer optimizer) implements Call {

    static Call of(Update update) {
        Parameter parameter = new Parameter("weights", FloatArray.of(update.weights()));
        List<Parameter> all = List.of(parameter);
        Optimizer optimizer = switch (update.optimizer()) {
            case "adam" -> new Adam(all, Update.RATE);
            case "momentum" -> new Sgd(all, Update.RATE).momentum(Update.MOMENTUM);
            default -> throw update.unknown();
        };
        return new LanewiseUpdate(parameter, FloatArray.of(update.gradient()), optimizer);
    }

    @Override
    public Object run() {
        parameter.leaf().backward(gradient);
        optimizer.step();
        return parameter;
    }

    @Override
    public float[] result() {
        return parameter.value().toArray();
    }
}
