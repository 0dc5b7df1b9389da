/**
 * Programs that show the library at work, from the first array upwards: start with {@code Demo01Tutorial}.
 */
package dev.lanewise.demo;
