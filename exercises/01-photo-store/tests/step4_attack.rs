//! Step 4 · attack: images and a load that only one of two designs bears.

use designs::photo_store::attack;
use photo_store::step4_attack::answer;

#[test]
fn breaks_the_design_with_little_memory_and_spares_the_other() {
    attack::strike(answer).breaks_only_the_design_with_4_gb();
}
