/**
 * Makes the demo's sample of mail from the SpamAssassin corpus. Run once, by
 * {@code mvn -q compile exec:exec@prepare-emails -Dargs=FOLDER}; what came out is committed.
 */
package dev.lanewise.demo.emails.prepare;
