/**
 * Weights out of ONNX files, whose fields {@code com.google.protobuf:protobuf-java} reads. It is a package of the demos, not
 * of the library, so that the library does not need that: copy it where a service reads such files.
 */
package dev.lanewise.demo.onnx;
