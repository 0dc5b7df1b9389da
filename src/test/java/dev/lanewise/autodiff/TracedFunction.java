package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A function of arrays that is given as a lambda, and remembers which operations it called. */
public final class TracedFunction implements GradientCheck.ArrayFunction {

    private final Function<List<Any>, Any> function;
    private final Set<Method> operations = new HashSet<>();
    private final Set<Rule> productRules = new HashSet<>();

    public TracedFunction(Function<List<Any>, Any> function) {
        this.function = function;
    }

    /** The methods of {@link ArrayOps} that were called so far. */
    public Set<Method> operations() {
        return operations;
    }

    /** The rules of the matrix products that were called so far: which one it is depends on the operands' ranks. */
    Set<Rule> productRules() {
        return productRules;
    }

    @Override
    @SuppressWarnings("unchecked") // the wrapped result of a function of wrapped A is a wrapped A
    public <A extends ArrayOps<A>> A apply(List<A> operands) {
        return (A) unwrapped(function.apply(operands.stream().map(this::wrapped).toList()));
    }

    private Any wrapped(Object array) {
        return (Any) Proxy.newProxyInstance(Any.class.getClassLoader(), new Class<?>[] {Any.class}, new Wrapper(array));
    }

    private static Object unwrapped(Object argument) {
        if (argument instanceof Any) {
            return ((Wrapper) Proxy.getInvocationHandler(argument)).array;
        }
        return argument instanceof List<?> list
                ? list.stream().map(TracedFunction::unwrapped).toList()
                : argument;
    }

    private final class Wrapper implements InvocationHandler {

        private final Object array;

        Wrapper(Object array) {
            this.array = array;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            Object[] plain = new Object[arguments == null ? 0 : arguments.length];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = unwrapped(arguments[i]);
            }
            if (method.getDeclaringClass() != Object.class) {
                operations.add(method);
                if (method.getName().equals("matmul")) {
                    productRules.add(LinearRules.matmul(((ArrayOps<?>) array).rank(), ((ArrayOps<?>) plain[0]).rank()));
                }
            }
            try {
                Object result = method.invoke(array, plain);
                return method.getReturnType() == ArrayOps.class ? wrapped(result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
