//! Step 3 · choose: three services, three prices, the same disks.

use designs::photo_store::{at_least, at_most, choose, dollars, ms, percent};
use photo_store::step3_choose::answer;

#[test]
fn the_photos_are_there_at_the_daily_peak() {
    choose::photos_on_an_ordinary_day() // requests, hit rate, machines: documented there, drawn in the lab
        .run(answer)
        .price(at_most(dollars(65_000))) // an objective on one axis …
        .reads_p99(at_most(ms(110))) // … and always a second one
        .or_explain(); // the verdict
}

#[test]
fn the_photos_bear_their_bad_hour() {
    choose::photos_in_the_bad_hour()
        .run(answer)
        .readable(at_least(percent(99.9)))
        .reads_p99(at_most(ms(130)))
        .price(at_most(dollars(65_000)))
        .or_explain();
}

#[test]
fn two_dead_machines_lose_no_photo() {
    choose::photos_after_two_machines()
        .run(answer)
        .photos_left(at_least(percent(99.9)))
        .price(at_most(dollars(65_000)))
        .or_explain();
}

#[test]
fn the_archive_keeps_its_pictures_for_little() {
    choose::archive_with_a_machine_gone()
        .run(answer)
        .photos_left(at_least(percent(99.9)))
        .price(at_most(dollars(155_000)))
        .reads_p99(at_most(ms(110)))
        .or_explain();
}

#[test]
fn the_album_is_what_a_club_can_pay() {
    choose::album_in_the_bad_hour()
        .run(answer)
        .photos_left(at_least(percent(99.9)))
        .price(at_most(dollars(39_000)))
        .reads_p99(at_most(ms(110)))
        .or_explain();
}

#[test]
fn the_claim_about_the_photos_holds() {
    choose::claim_of(answer).or_explain();
}
