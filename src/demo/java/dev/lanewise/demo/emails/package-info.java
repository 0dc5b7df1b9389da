/**
 * What {@code DemoEmails} is made of: the mail, the tokenizer, the pretrained weights, the encoder. How the mail was made from
 * the public corpus stands in {@code dev.lanewise.demo.emails.prepare}.
 */
package dev.lanewise.demo.emails;
