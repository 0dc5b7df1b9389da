package dev.lanewise.data;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A fixed number of examples, each by its number. An example may be made when it is asked for; a dataset that is read by
 * several threads has to allow that.
 *
 * @param <T> an example
 */
public interface Dataset<T> {

    /** How many examples there are. */
    int size();

    /**
     * An example, counted from 0.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    T get(int number);

    /** A dataset of these examples, which it copies as a list. */
    static <T> Dataset<T> of(List<? extends T> examples) {
        List<T> all = List.copyOf(examples);
        return new Dataset<>() {
            @Override
            public int size() {
                return all.size();
            }

            @Override
            public T get(int number) {
                return all.get(number);
            }
        };
    }

    /** The same examples with something done to each, every time that it is asked for. */
    default <U> Dataset<U> map(Function<? super T, ? extends U> function) {
        Dataset<T> origin = this;
        return new Dataset<>() {
            @Override
            public int size() {
                return origin.size();
            }

            @Override
            public U get(int number) {
                return function.apply(origin.get(number));
            }
        };
    }

    /**
     * The examples with the given numbers, in that order; one may stand there more than once.
     *
     * @throws IndexOutOfBoundsException for a number that this does not have
     */
    default Dataset<T> subset(int... numbers) {
        int[] chosen = numbers.clone();
        for (int number : chosen) {
            Objects.checkIndex(number, size());
        }
        Dataset<T> origin = this;
        return new Dataset<>() {
            @Override
            public int size() {
                return chosen.length;
            }

            @Override
            public T get(int number) {
                return origin.get(chosen[number]);
            }
        };
    }
}
