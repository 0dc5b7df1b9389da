/**
 * Weights out of ONNX files, through the protobuf classes of {@code org.tribuo:tribuo-util-onnx}. It is a package of the demos,
 * not of the library, so that the library needs neither: copy it where a service reads such files.
 */
package dev.lanewise.demo.onnx;
