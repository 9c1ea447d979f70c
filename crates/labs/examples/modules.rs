//! Prints the names of the page's modules, one a line: what `build.sh` builds.

fn main() {
    for name in labs::module::names() {
        println!("{name}");
    }
}
