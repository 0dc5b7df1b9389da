/**
 * Weights out of ONNX files, which this package reads by itself. It is a package of the demos, not of the library: copy it where
 * a service reads such files.
 */
package dev.lanewise.demo.onnx;
