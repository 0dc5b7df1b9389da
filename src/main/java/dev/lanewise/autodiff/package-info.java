/**
 * Derivatives without a tape: adjoint arrays carry closures that pull gradients back, dual arrays carry a tangent
 * forward.
 *
 * <p><b>The path of data.</b> {@code x.mul(b)} on {@link dev.lanewise.autodiff.AdjointArray}s looks up the one
 * {@link dev.lanewise.autodiff.Rule} of the product in {@code Rules}, computes the value with
 * {@code FloatArray}, and, if an operand requires grad, makes a {@code Node} with one edge for each operand: the
 * operand's node and the closure that turns a gradient of the result into a gradient of the operand; or, for an operand
 * that does not require grad, the {@code Cut} that says why. Edges lead to
 * nodes, not to arrays, and a closure keeps alive only what it captures; so an operand that nobody differentiates costs
 * no memory and no work, and neither does a value that no closure needs. {@code BackwardPass} walks the nodes once.
 *
 * <p>{@link dev.lanewise.autodiff.DualArray} applies the forward side of the same rules: its primal and tangent are
 * adjoint arrays, so a tangent can be pulled back like any other value: reverse over forward, with nothing added.
 *
 * <p>Where forward derivatives nest, or go around reverse ones, an adjoint array carries the tangents of the derivatives
 * around it as a {@code Perturbation}; {@link dev.lanewise.autodiff.Gradients} are built on that and on passes to chosen
 * nodes. The page {@code docs/derivatives.md} shows their use.
 *
 * <p><b>Adding an operation:</b> its line in {@code ArrayOps} and {@code PlainOps}, its derivative in {@code Rules} or
 * {@code LinearRules}, its line in {@code RuleOps}; in double once more in {@code DoubleArray}, and a case in the tests'
 * {@code RuleCases}, without which they fail. Broadcasting is undone by {@code BackwardPass} and by {@code
 * Perturbation}, never in a rule.
 *
 * <p>{@link dev.lanewise.autodiff.GradientCheck} is how derivatives are believed: it compares them with differences in
 * double, and the two modes with each other.
 */
@NullMarked
package dev.lanewise.autodiff;

import org.jspecify.annotations.NullMarked;
