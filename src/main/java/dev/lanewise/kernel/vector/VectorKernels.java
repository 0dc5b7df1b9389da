package dev.lanewise.kernel.vector;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.Exercise;
import dev.lanewise.kernel.GemmKernels;
import dev.lanewise.kernel.KernelProvider;
import dev.lanewise.kernel.ReductionKernels;
import dev.lanewise.kernel.Start;
import dev.lanewise.kernel.UpdateKernels;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector loops as one implementation, on the widest species that the machine prefers. */
public final class VectorKernels implements KernelProvider {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private final ElementwiseKernels elementwise = new VectorElementwise();
    private final ReductionKernels reductions = new VectorReductions();
    private final GemmKernels gemm = new VectorGemm();
    private final UpdateKernels updates = new VectorUpdates();

    /** The only instance that matters is made by {@link dev.lanewise.kernel.Kernels}. */
    public VectorKernels() {
        int lanes = SPECIES.length();
        if (lanes != 4 && lanes != 8 && lanes != 16) {
            throw new UnsupportedOperationException(
                    "vectors of " + lanes + " floats: the vector kernels are made for 4, 8 and 16");
        }
    }

    @Override
    public ElementwiseKernels elementwise() {
        return elementwise;
    }

    @Override
    public ReductionKernels reductions() {
        return reductions;
    }

    @Override
    public ElementwiseKernels startingElementwise(ElementwiseKernels plain, Start start) {
        return new StartingElementwise(plain, start);
    }

    @Override
    public ReductionKernels startingReductions(ReductionKernels plain, Start start) {
        return new StartingReductions(plain, start);
    }

    @Override
    public GemmKernels gemm() {
        return gemm;
    }

    @Override
    public UpdateKernels updates() {
        return updates;
    }

    @Override
    public List<Exercise> exercises() {
        List<Exercise> exercises = new ArrayList<>(BlockedExercises.all());
        exercises.addAll(KernelProvider.super.exercises());
        return exercises;
    }

    @Override
    public Practice practice(int m, int n, int k, boolean rowsOfA, boolean rowsOfB) {
        return new Piece(m, n, k, rowsOfA, rowsOfB)::run;
    }

    /** Every vector is an object until C2 keeps it in a register. */
    @Override
    public boolean allocatesWhileCold() {
        return true;
    }

    @Override
    public String describe() {
        return "vector, " + SPECIES.vectorBitSize() + "-bit species, " + SPECIES.length() + " float lanes";
    }
}
