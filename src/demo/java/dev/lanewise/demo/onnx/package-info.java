/**
 * Weights out of ONNX files. It is a package of the demos that knows nothing of them and needs only the library: copy it where a
 * service reads such files.
 */
package dev.lanewise.demo.onnx;
